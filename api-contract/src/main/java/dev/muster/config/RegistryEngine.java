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

    /**
     * What somebody posted, as the document to store: JSON as it is, the text form of assertions as JSON.
     *
     * @throws dev.muster.kernel.Refused {@link ConfigRefusal#SCHEMA_INVALID} with line
     */
    String documentOf(String posted);

    /**
     * Whose registry a document defines, by its {@code account-id} and {@code name}.
     *
     * @throws dev.muster.kernel.Refused {@link ConfigRefusal#SCHEMA_INVALID} when it does not say, or speaks for an
     *     account that is not its own
     */
    RegistryId idOf(String document);
}
