package dev.muster.updates.ddi;

/**
 * A rendered poll answer and for whom it holds.
 *
 * @param validUntil epoch milliseconds, exclusive: then a window opens, an action becomes forced, or a rule may differ
 */
record PollAnswer(
        Origin origin, Media media, TenantRules rules, Rendered rendered, PollOutcome outcome, long validUntil) {

    boolean holds(Origin forOrigin, Media forMedia, TenantRules forRules, long now) {
        return origin == forOrigin && media == forMedia && rules == forRules && now < validUntil;
    }
}
