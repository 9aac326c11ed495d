package dev.muster.config.command;

import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Layers;
import dev.muster.config.RegistryId;
import dev.muster.config.Seals;
import dev.muster.config.Wish;
import dev.muster.config.WishOutcomes;
import dev.muster.config.Wishes;
import dev.muster.registry.DeviceId;

/**
 * Whether a device has what a rollout wants of it: it said so of the very wish it has now, or what it tells to have is
 * so. Only the places that the rollout changes count; where the device's own wishes say otherwise, they are what it
 * should have. Opens secrets: blocking, off the event loop.
 */
public final class Compliance {

    private final Wishes wishes;
    private final WishOutcomes outcomes;
    private final Databags databags;
    private final Seals seals;

    public Compliance(Wishes wishes, WishOutcomes outcomes, Databags databags, Seals seals) {
        this.wishes = wishes;
        this.outcomes = outcomes;
        this.databags = databags;
        this.seals = seals;
    }

    /** Whether the tag is of what the device should have now: a word about an earlier wish tells nothing of it. */
    boolean isCurrent(String tag, RegistryId registry, DeviceId device) {
        return tag.equals(wishes.of(registry, device).tag());
    }

    /** @param staged the rollout's layer, which has reached the device */
    boolean has(RegistryId registry, DeviceId device, Layer staged) {
        Wish wish = wishes.of(registry, device);
        return wish.tag().equals(outcomes.appliedTag(registry, device)) || tells(registry, device, wish, staged);
    }

    /** Whether the device's own databag, which its programs write, is as it should be. */
    boolean tells(RegistryId registry, DeviceId device, Layer staged) {
        return tells(registry, device, wishes.of(registry, device), staged);
    }

    private boolean tells(RegistryId registry, DeviceId device, Wish wish, Layer staged) {
        DatabagId id = new DatabagId(registry, Layer.actual(device));
        Databag actual = databags.find(id);
        if (actual.version() == 0) {
            return false;
        }
        StagedChange change = StagedChange.of(registry, staged, databags, seals);
        Json.Members has = actual.opened(id, seals);
        return Layers.drift(wish.opened(seals), has).stream().noneMatch(change::concerns);
    }
}
