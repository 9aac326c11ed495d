package dev.muster.observe.documents.json;

/**
 * @param sizeMax characters, as read and as written
 * @param depthMax arrays and objects within each other
 * @param numberLengthMax characters of a number
 */
public record JsonLimits(int sizeMax, int depthMax, int numberLengthMax) {}
