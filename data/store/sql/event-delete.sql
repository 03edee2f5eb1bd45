DELETE FROM movement_event WHERE id = :id
