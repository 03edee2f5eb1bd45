/*scan*/ SELECT name, body FROM mapping WHERE kind = :kind AND header_set = :header_set
