package dev.muster.lab;

/**
 * One run of the setup script, for those who keep account of it.
 *
 * @param millis how long it took
 * @param words what it said on standard error, the newest of it, as text that steers no terminal; empty if nothing. May
 *     hold personal data and secrets: it is kept ({@link ScriptWords}), never recorded in an event
 */
public record ScriptRan(ScriptOutcome outcome, long millis, String words) {

    /** Without the words: they do not belong into logs. */
    @Override
    public String toString() {
        return "ScriptRan[" + outcome.wireName() + " after " + millis + " ms]";
    }
}
