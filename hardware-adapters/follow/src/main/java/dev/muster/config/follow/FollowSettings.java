package dev.muster.config.follow;

import java.time.Duration;

/**
 * How devices may follow.
 *
 * @param waitMax the longest a poll may wait for news
 * @param heartbeat a stream says at least something this often, and its reader's right to it is looked at again, news or not
 * @param followersMax polls that wait and streams, on this node
 * @param followersOfOneMax of one device and registry
 * @param openers threads that open secrets
 * @param openingsMax answers with secrets that may wait for one of them
 * @param renderedBytesMax of answers without secrets that are kept
 * @param bodyBytesMax of what a device reports
 * @param bodyTimeout how long that may take to arrive
 * @param commandTimeout how long a report may take before the device is told to come back
 */
public record FollowSettings(
        Duration waitMax,
        Duration heartbeat,
        int followersMax,
        int followersOfOneMax,
        int openers,
        int openingsMax,
        long renderedBytesMax,
        int bodyBytesMax,
        Duration bodyTimeout,
        Duration commandTimeout) {

    public static final FollowSettings DEFAULTS = new FollowSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            20_000,
            8,
            4,
            20_000,
            64L << 20,
            16 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    /** The same with another heartbeat. */
    public FollowSettings withHeartbeat(Duration other) {
        return new FollowSettings(
                waitMax,
                other,
                followersMax,
                followersOfOneMax,
                openers,
                openingsMax,
                renderedBytesMax,
                bodyBytesMax,
                bodyTimeout,
                commandTimeout);
    }

    /** The same with other bounds on who may wait. */
    public FollowSettings withFollowers(int all, int ofOne) {
        return new FollowSettings(
                waitMax,
                heartbeat,
                all,
                ofOne,
                openers,
                openingsMax,
                renderedBytesMax,
                bodyBytesMax,
                bodyTimeout,
                commandTimeout);
    }
}
