package dev.muster.registry.command;

import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.AttributesRequested;
import dev.muster.registry.DeviceEvent.DeviceCameBack;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceDescribed;
import dev.muster.registry.DeviceEvent.DeviceFellSilent;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceEvent.DeviceTagged;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceEvent.TokenIssued;
import dev.muster.registry.DeviceEvent.TokenWithdrawn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What decisions about a device need to know of its past. */
sealed interface DeviceState {

    DeviceState after(DeviceEvent event);

    /** Never registered, or decommissioned since. */
    record Absent() implements DeviceState {

        @Override
        public DeviceState after(DeviceEvent event) {
            return event instanceof DeviceRegistered r
                    ? new Present(
                            r,
                            r.name(),
                            r.group(),
                            r.tags(),
                            r.metadata(),
                            Map.of(),
                            r.address(),
                            r.tokenDigest(),
                            false,
                            false)
                    : this;
        }
    }

    /** In service. {@code registered} is kept to recognise the same registration said twice. */
    record Present(
            DeviceRegistered registered,
            String name,
            @Nullable String group,
            List<String> tags,
            Map<String, String> metadata,
            Map<String, String> attributes,
            @Nullable String address,
            @Nullable String tokenDigest,
            boolean contacted,
            boolean silent)
            implements DeviceState {

        @Override
        public DeviceState after(DeviceEvent event) {
            return switch (event) {
                case DeviceRegistered ignored -> this;
                case DeviceRenamed e -> with(e.name(), group, tags, metadata);
                case DeviceGrouped e -> with(name, e.group(), tags, metadata);
                case DeviceTagged e -> with(name, group, e.tags(), metadata);
                case DeviceDescribed e -> with(name, group, tags, e.metadata());
                case AttributesReported e -> with(e.attributes(), address, tokenDigest, contacted, silent);
                case AttributesRequested ignored -> this;
                case FirstContactMade ignored -> with(attributes, address, tokenDigest, true, silent);
                case AddressChanged e -> with(attributes, e.address(), tokenDigest, contacted, silent);
                case TokenIssued e -> with(attributes, address, e.tokenDigest(), contacted, silent);
                case TokenWithdrawn ignored -> with(attributes, address, null, contacted, silent);
                case DeviceFellSilent ignored -> with(attributes, address, tokenDigest, contacted, true);
                case DeviceCameBack ignored -> with(attributes, address, tokenDigest, contacted, false);
                case DeviceDecommissioned ignored -> new Absent();
            };
        }

        private Present with(
                String newName, @Nullable String newGroup, List<String> newTags, Map<String, String> newMetadata) {
            return new Present(
                    registered,
                    newName,
                    newGroup,
                    newTags,
                    newMetadata,
                    attributes,
                    address,
                    tokenDigest,
                    contacted,
                    silent);
        }

        private Present with(
                Map<String, String> newAttributes,
                @Nullable String newAddress,
                @Nullable String newDigest,
                boolean nowContacted,
                boolean nowSilent) {
            return new Present(
                    registered,
                    name,
                    group,
                    tags,
                    metadata,
                    newAttributes,
                    newAddress,
                    newDigest,
                    nowContacted,
                    nowSilent);
        }
    }
}
