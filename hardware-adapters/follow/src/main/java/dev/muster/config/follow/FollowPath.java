package dev.muster.config.follow;

import dev.muster.kernel.Percent;

/**
 * A path of this wire taken apart by scanning: {@code /registries/devices/{id}/wanted/{account}/{name}[/result]}.
 *
 * @param device decoded
 * @param isResult whether the device tells what became of it
 */
record FollowPath(String device, String account, String name, boolean isResult) {

    private static final String BASE = "/registries/devices/";
    private static final String WANTED = "/wanted/";
    private static final String RESULT = "result";

    /** True for paths that belong to this wire. */
    static boolean serves(String path) {
        if (!path.startsWith(BASE)) {
            return false;
        }
        int end = path.indexOf('/', BASE.length());
        return end > BASE.length() && path.startsWith(WANTED, end);
    }

    /** Takes a served path apart; fails with 404 when nothing is there. */
    static FollowPath of(String path) {
        int end = path.indexOf('/', BASE.length());
        int from = end + WANTED.length();
        int slash = path.indexOf('/', from);
        if (slash < 0) {
            throw FollowFailure.notFound();
        }
        int next = path.indexOf('/', slash + 1);
        boolean result = next >= 0;
        if (result && !path.substring(next + 1).equals(RESULT)) {
            throw FollowFailure.notFound();
        }
        return new FollowPath(
                decoded(path.substring(BASE.length(), end)),
                decoded(path.substring(from, slash)),
                decoded(result ? path.substring(slash + 1, next) : path.substring(slash + 1)),
                result);
    }

    /** One segment of a path; fails with 400 when it is not encoded as it should be. */
    private static String decoded(String segment) {
        String text = Percent.decodedOrNull(segment);
        if (text == null) {
            throw FollowFailure.invalid("The path is not percent-encoded as it should be.");
        }
        return text;
    }
}
