package dev.muster.apps.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.apps.AppName;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishes.Placed;
import dev.muster.apps.Place;
import dev.muster.apps.PortRule;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one place says about an app, as it may be sent back. Secrets are named, and never shown.
 *
 * @param target null where it is left to wider places
 * @param version of the app, null for the newest or, without a target, for what wider places say
 * @param environment an object of parameters and their values
 * @param secrets names of parameters with a value that is not shown
 * @param revision of what is said, 0 where nothing ever was: the ETag
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WishView(
        AppName app,
        Place place,
        @Nullable AppTarget target,
        @Nullable String version,
        @JsonRawValue @Schema(implementation = Object.class) String environment,
        List<String> secrets,
        List<PortRule> ports,
        long revision) {

    /** @param placed null where nothing was ever said */
    static WishView of(AppName app, Place place, @Nullable Placed placed) {
        AppWish wish = placed == null ? AppWish.NOTHING : placed.wish();
        TreeMap<String, Json> values = new TreeMap<>();
        wish.environment().forEach((name, text) -> values.put(name, JsonReader.read(text)));
        return new WishView(
                app,
                place,
                wish.target(),
                wish.version(),
                new Json.Members(values).toString(),
                List.copyOf(wish.secrets().keySet()),
                wish.ports(),
                placed == null ? 0 : placed.version());
    }
}
