package dev.muster.config;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be said of what became of a device's wishes. */
public sealed interface WishOutcomeCommand extends AggregateCommand {

    DeviceId device();

    RegistryId registry();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return WishOutcomeEvent.aggregateId(registry(), device());
    }

    /**
     * The device tells what it made of a wish. Saying the same again changes nothing.
     *
     * @param tag of the wish it speaks of, as it was given with it
     * @param message its own words, or null
     */
    record ReportWish(
            DeviceId device,
            RegistryId registry,
            String tag,
            boolean applied,
            @Nullable String message) implements WishOutcomeCommand {

        /** Characters of a tag. */
        public static final int TAG_LENGTH_MAX = 64;

        /** Characters of a message; longer ones are cut. */
        public static final int MESSAGE_LENGTH_MAX = 1_000;

        public ReportWish {
            boolean fits = !tag.isEmpty()
                    && tag.length() <= TAG_LENGTH_MAX
                    && tag.chars().allMatch(c -> c > 0x20 && c < 0x7f);
            if (!fits) {
                throw ConfigRefusal.TAG_INVALID.about("tag", "The tag is none that was given with a wish.");
            }
            if (message != null && message.length() > MESSAGE_LENGTH_MAX) {
                message = message.substring(0, MESSAGE_LENGTH_MAX);
            }
        }
    }
}
