SELECT id, parent, key, type, atom FROM json_tree (:text) /*scan*/
