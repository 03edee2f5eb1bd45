-- What book_fact does stands in data/book/qd-book-load-facts.c.
SELECT book_fact (?1, id, account, start, amount_num, amount_den, currency, product, trial, "end", canceled_at)
FROM subscription_line /*scan*/
