package dev.muster.config.engine;

/** A text is no path of the kind it should be. */
final class PathFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PathFault(String message) {
        super(message);
    }
}
