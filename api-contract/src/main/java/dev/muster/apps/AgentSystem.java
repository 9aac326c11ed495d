package dev.muster.apps;

/**
 * What an agent runs on, in its own words; each at most {@link #TEXT_MAX} characters, empty for unknown.
 *
 * @param os such as {@code linux debian 12.5 6.1.0}
 * @param arch such as {@code amd64}, {@code arm64}, {@code arm}
 * @param variant such as {@code v7}, empty where there is none
 * @param agentVersion such as {@code 0.20.20}
 */
public record AgentSystem(String os, String arch, String variant, String agentVersion) {

    public static final int TEXT_MAX = 200;

    public static final AgentSystem UNKNOWN = new AgentSystem("", "", "", "");

    /** As images are named by: {@code amd64}, {@code armv7}; empty for unknown. */
    public String architecture() {
        return arch + variant;
    }

    /** With every part cut to what is kept. */
    public AgentSystem cut() {
        return new AgentSystem(cut(os), cut(arch), cut(variant), cut(agentVersion));
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
