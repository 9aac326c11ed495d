package dev.muster.apps.simulator;

/** Something that came to nothing on the agents' wire. */
public final class AgentFault extends Exception {

    private static final long serialVersionUID = 1;

    private final String uri;

    /** @param uri of the error, or {@code wire} for a connection that is over or an answer that did not come */
    public AgentFault(String uri, String text) {
        super(uri + ": " + text);
        this.uri = uri;
    }

    static AgentFault wire(String text) {
        return new AgentFault("wire", text);
    }

    public String uri() {
        return uri;
    }
}
