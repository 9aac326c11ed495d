package dev.muster.updates.bundles.signatures;

/** Says why bytes are no signature in CMS form; the words follow after "the signature". */
public final class BrokenSignatureException extends RuntimeException {

    BrokenSignatureException(String problem) {
        // Broken input is an expected answer, so the stack trace is left out: it costs more than the parsing.
        super(problem, null, false, false);
    }
}
