"""What differs between two versions of a record: every difference, named as an officer would, with its places."""
