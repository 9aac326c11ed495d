package dev.muster.config;

/** Understands registry documents; pure and thread-safe. */
public interface RegistryEngine {

    /** Characters of a document; a real one has some thousand. */
    int DOCUMENT_LENGTH_MAX = 1 << 20;

    /**
     * Reads and checks a document.
     *
     * @param document JSON: {@code storage} (or a {@code body} that holds it as text) and {@code views}
     * @throws dev.muster.kernel.Refused {@link ConfigRefusal#SCHEMA_INVALID} with pointer, line and column
     */
    RegistrySchema compiled(String document, Profile profile);

    /** The profile a document was written for, by its {@code type}; {@link Profile#CONFDB} if it does not say. */
    Profile profileOf(String document);
}
