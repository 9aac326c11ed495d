package dev.muster.lab.boards;

import dev.muster.lab.FlashBack;
import dev.muster.lab.boards.ucl.UclValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a board, or a class for its boards, says it is flashed back to. */
final class FlashBacks {

    static final String NAME = "flash_back";

    private static final List<String> MEMBERS = List.of("release", "version", "within");
    private static final long USUAL_SECONDS = 30 * 60;
    private static final double SECONDS_MAX = 86_400;
    /** As long as a release's own may be. */
    private static final int TEXT_LENGTH_MAX = 255;

    private FlashBacks() {}

    static @Nullable FlashBack read(Members members) {
        return members.optional(
                NAME, (name, value) -> of(new Members(members.reading().section(name, value), members.reading())));
    }

    private static FlashBack of(Members members) {
        members.onlyKnow(MEMBERS);
        UclValue within = members.find("within");
        return new FlashBack(
                text(members, "release"),
                text(members, "version"),
                within == null
                        ? USUAL_SECONDS
                        : Math.round(members.reading().seconds("within", within, 1, SECONDS_MAX)));
    }

    private static String text(Members members, String name) {
        UclValue value = members.get(name);
        String text = members.reading().text(name, value);
        if (text.length() > TEXT_LENGTH_MAX) {
            throw members.reading()
                    .fault(value.place(), "'" + name + "' is longer than " + TEXT_LENGTH_MAX + " characters.");
        }
        return text;
    }

    /** Only a device of the fleet can be given a release. Faults where the board says it, or at the board of a class that does. */
    static void onlyForDevices(Members board, @Nullable FlashBack flashBack, @Nullable String device) {
        if (flashBack == null || device != null) {
            return;
        }
        UclValue own = board.find(NAME);
        throw own == null
                ? board.fault("The 'flash_back' of its class needs a board that is a 'device'.")
                : board.reading().fault(own.place(), "'flash_back' needs a board that is a 'device'.");
    }
}
