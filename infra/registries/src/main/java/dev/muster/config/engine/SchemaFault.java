package dev.muster.config.engine;

/** Something in a document is not as it must be, at a JSON pointer into it. */
final class SchemaFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    SchemaFault(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    String pointer() {
        return pointer;
    }
}
