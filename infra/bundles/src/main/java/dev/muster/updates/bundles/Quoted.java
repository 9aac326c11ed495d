package dev.muster.updates.bundles;

/** Text from a bundle on its way into a message: short, in quotes, without control characters. */
final class Quoted {

    private static final int LENGTH_MAX = 100;

    private Quoted() {}

    static String text(String text) {
        String shown = text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
        return "'" + shown.replaceAll("\\p{Cntrl}", "�") + "'";
    }
}
