package dev.muster.apps;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an app is, beside its name.
 *
 * @param description for people
 * @param environmentTemplate a JSON object: name of a parameter → object of label, type, defaultValue, description,
 *     unit, min, max, secret, valueList
 * @param ports what its ports are unless somebody says otherwise
 * @param compose a JSON object, the definition of several containers; null for an app of one image
 */
public record AppFace(
        String description,
        String environmentTemplate,
        List<PortRule> ports,
        @Nullable String compose) {

    public static final AppFace PLAIN = new AppFace("", "{}", List.of(), null);

    public AppFace {
        ports = List.copyOf(ports);
    }
}
