package dev.muster.identity.command;

import java.time.Duration;

/**
 * How identity behaves.
 *
 * @param sessions limits of sessions in the browser
 * @param tokens limits of API tokens
 * @param attempts pace of log-ins
 * @param hashing cost of checking a password
 * @param usersMax accounts on this server
 */
public record IdentitySettings(
        SessionLimits sessions, TokenLimits tokens, AttemptPace attempts, HashingCost hashing, int usersMax) {

    /**
     * @param idleMax a session without a request for this long is over
     * @param lifeMax a session is over after this long, whatever happens
     * @param perUserMax open sessions of one person; the oldest gives way to the next
     * @param countMax open sessions of all people together; the oldest gives way
     */
    public record SessionLimits(Duration idleMax, Duration lifeMax, int perUserMax, int countMax) {}

    /**
     * @param lifeMax longest life of a token
     * @param borrowedLifeMax longest life of a token made by someone who signed in elsewhere (OpenID Connect): the
     *     server is not told when such a person loses their rights, so their tokens end soon
     * @param perOwnerMax live tokens of one owner
     * @param useFlushInterval how often "last used" is written down, at most
     */
    public record TokenLimits(Duration lifeMax, Duration borrowedLifeMax, int perOwnerMax, Duration useFlushInterval) {}

    /**
     * Token buckets: so many failed attempts at once, then one more after each pause.
     *
     * @param perAccount for one user name, known or not
     * @param pauseOfAccount until a user name gets one more
     * @param perAddress for one network address
     * @param pauseOfAddress until an address gets one more
     * @param remembered names and addresses kept in memory, the least recent forgotten first
     */
    public record AttemptPace(
            int perAccount, Duration pauseOfAccount, int perAddress, Duration pauseOfAddress, int remembered) {}

    /**
     * Argon2id; the defaults follow the OWASP Password Storage Cheat Sheet (19 MiB, two passes, one lane).
     *
     * @param threads passwords checked at the same time
     * @param queueMax passwords waiting to be checked; more are refused
     * @param memoryKib memory of each check in KiB
     * @param iterations passes over that memory
     */
    public record HashingCost(int threads, int queueMax, int memoryKib, int iterations) {}

    public static IdentitySettings defaults() {
        return new IdentitySettings(
                new SessionLimits(Duration.ofHours(1), Duration.ofHours(12), 10, 10_000),
                new TokenLimits(Duration.ofDays(365), Duration.ofDays(30), 100, Duration.ofMinutes(1)),
                new AttemptPace(10, Duration.ofSeconds(6), 30, Duration.ofSeconds(2), 20_000),
                new HashingCost(2, 64, 19 * 1024, 2),
                1000);
    }

    public IdentitySettings with(AttemptPace pace) {
        return new IdentitySettings(sessions, tokens, pace, hashing, usersMax);
    }

    public IdentitySettings with(HashingCost cost) {
        return new IdentitySettings(sessions, tokens, attempts, cost, usersMax);
    }
}
