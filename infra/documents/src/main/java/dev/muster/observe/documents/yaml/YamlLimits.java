package dev.muster.observe.documents.yaml;

/**
 * @param sizeMax characters of a document that is written
 * @param aliasesMax places that repeat another place
 * @param mergedMax members that merge keys may bring into mappings, all together
 * @param depthMax lists and mappings within each other
 * @param numberLengthMax characters of a number
 */
public record YamlLimits(int sizeMax, int aliasesMax, int mergedMax, int depthMax, int numberLengthMax) {}
