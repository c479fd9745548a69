"""How well models read: what an answer says of a point, on subjects that no one trained or tuned on."""
