package dev.muster.identity.command.http;

/**
 * What the console shows about the server itself.
 *
 * @param demo whether the server fills itself with a simulated fleet
 * @param version of the program
 */
public record Edition(boolean demo, String version) {}
