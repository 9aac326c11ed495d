package dev.muster.updates.bundles.squashfs;

/** Says what is wrong with an image, or which limit it goes beyond; the words follow after "the squashfs image". */
public final class SquashfsException extends RuntimeException {

    SquashfsException(String problem) {
        // Broken input is an expected answer, so the stack trace is left out: it costs more than the parsing.
        super(problem, null, false, false);
    }
}
