-- Pages that are in use, free and there. SQLite's own check leaves the free list out when the schema begins with a view.
SELECT (SELECT count(*) FROM dbstat), (SELECT freelist_count FROM pragma_freelist_count), (SELECT page_count FROM pragma_page_count),
       (SELECT page_size FROM pragma_page_size) /*scan*/
