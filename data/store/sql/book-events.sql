SELECT book_fact (?1, id, account, day, amount_num, amount_den, currency, product, is_change, of_product)
FROM movement_event /*scan*/
