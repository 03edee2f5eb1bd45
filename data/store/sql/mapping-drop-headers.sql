/*scan*/ DELETE FROM mapping WHERE kind = :kind AND header_set = :header_set AND name <> :name
