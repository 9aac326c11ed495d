package dev.muster.lab.boards.ucl;

import java.util.Map;

/** Reads UCL. Safe for use by many threads; all that is of one reading is in its {@link Session}. */
public final class UclReader {

    private final UclLimits limits;
    private final Includes includes;
    private final Map<String, String> variables;

    /** @param variables what {@code $NAME} stands for beside {@code CURDIR} and {@code FILENAME} */
    public UclReader(UclLimits limits, Includes includes, Map<String, String> variables) {
        this.limits = limits;
        this.includes = includes;
        this.variables = Map.copyOf(variables);
    }

    /** For texts from the network: no includes, no variables, the standard limits. */
    public static UclReader ofTextAlone() {
        return new UclReader(UclLimits.STANDARD, Includes.REFUSED, Map.of());
    }

    /** Reads a document whole; throws {@link UclFault}, also for a file that it includes. */
    public UclDocument read(UclSource source) {
        Session session = new Session(limits, includes, variables);
        UclValue root = new UclParser(session, source).document().frozen();
        return new UclDocument(root, session.isSelfContained());
    }
}
