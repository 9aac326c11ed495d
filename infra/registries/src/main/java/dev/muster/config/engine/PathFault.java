package dev.muster.config.engine;

/** A text is no path of the kind it should be. */
final class PathFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;

    PathFault(String what) {
        super(what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
