package io.liftstream.model.checkpoint;

/**
 * What a pickle says of a storage: where its bytes are and how many there should be. Nothing here
 * is checked against the file yet.
 *
 * @param key name of the storage inside the file
 * @param type of its elements
 * @param elements how many it is said to hold
 */
record StorageReference(String key, ElementType type, long elements) {}
