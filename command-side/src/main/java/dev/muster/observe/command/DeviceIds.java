package dev.muster.observe.command;

import dev.muster.kernel.Ids;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import java.util.function.Predicate;

/**
 * Which device a uid means. As a rule the one with that very id: the robot that polls for updates under its name and
 * enrols under the same name is one device.
 */
final class DeviceIds {

    private static final int MARK_LENGTH = 8;

    private DeviceIds() {}

    /**
     * The device for whoever enrols under this uid. A uid that is no device id, or whose device is enrolled under
     * another uid since it was renamed, gets an id of its own: readable, with a mark that follows from the uid, so that
     * the same uid means the same device when it comes again.
     *
     * @param free whether no enrolment has this device
     */
    static DeviceId of(Uid uid, Predicate<DeviceId> free) {
        String readable = readable(uid.value());
        if (readable.equals(uid.value())) {
            DeviceId own = new DeviceId(readable);
            if (free.test(own)) {
                return own;
            }
        }
        for (int n = 0; ; n++) {
            String mark =
                    Ids.digest(n == 0 ? uid.value() : uid.value() + '\n' + n).substring(0, MARK_LENGTH);
            DeviceId marked = new DeviceId(readable + '~' + mark);
            if (free.test(marked)) {
                return marked;
            }
        }
    }

    /** The uid with a low line for each character that a device id must not have. */
    private static String readable(String uid) {
        StringBuilder readable = new StringBuilder(uid.length());
        for (int i = 0; i < uid.length(); i++) {
            char c = uid.charAt(i);
            boolean forbidden = Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.isISOControl(c)
                    || c == '/'
                    || c == '\\'
                    || c == ';';
            readable.append(forbidden ? '_' : c);
        }
        return readable.toString();
    }
}
