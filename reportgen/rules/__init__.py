"""Rules with codes on a paper that has been read: what an officer would want to know before dispatch."""
