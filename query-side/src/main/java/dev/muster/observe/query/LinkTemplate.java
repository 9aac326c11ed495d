package dev.muster.observe.query;

import dev.muster.kernel.Refused;
import dev.muster.observe.ObserveRefusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL with names in braces, taken apart once. What is put in is encoded for the place where its name stands, so that
 * no value can end the part of the URL it belongs to. There is nothing else to it: no conditions, no functions.
 */
final class LinkTemplate {

    private static final int LENGTH_MAX = 2048;
    /** A link is a place to go to; other schemes run scripts or open programs. */
    private static final Set<String> SCHEMES = Set.of("http", "https", "foxglove");

    private static final Pattern SCHEME = Pattern.compile("([a-z]+|\\{scheme})://");
    private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");

    private final List<Part> parts;

    /** What a template consists of. */
    private sealed interface Part {

        record Text(String text) implements Part {}

        record Name(String name, Place place) implements Part {}
    }

    /** A part of a URL, RFC 3986 §3. */
    private enum Place {
        SCHEME,
        AUTHORITY,
        PATH,
        QUERY,
        FRAGMENT;

        /** Where one is after this text. */
        private Place after(String text) {
            Place place = this;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (place == SCHEME && text.startsWith("://", i)) {
                    place = AUTHORITY;
                    i += 2;
                } else if (c == '#' && place != SCHEME) {
                    place = FRAGMENT;
                } else if (c == '?' && (place == AUTHORITY || place == PATH)) {
                    place = QUERY;
                } else if (c == '/' && place == AUTHORITY) {
                    place = PATH;
                }
            }
            return place;
        }
    }

    private LinkTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Takes a template apart; refuses one that could not become a URL with {@link ObserveRefusal#LINK_INVALID}.
     *
     * @param setting where it was read, for the refusal
     * @param names which may occur
     */
    static LinkTemplate parse(String setting, String template, Set<String> names) {
        if (template.length() > LENGTH_MAX) {
            throw refused(setting, "a template has at most " + LENGTH_MAX + " characters");
        }
        Matcher scheme = SCHEME.matcher(template);
        if (!scheme.lookingAt() || !(scheme.group(1).equals("{scheme}") || SCHEMES.contains(scheme.group(1)))) {
            throw refused(setting, "a template begins with {scheme}://, http://, https:// or foxglove://");
        }
        List<Part> parts = new ArrayList<>();
        Place place = Place.SCHEME;
        int from = 0;
        Matcher matcher = NAME.matcher(template);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!names.contains(name)) {
                throw refused(setting, "there is no name {" + name + "} here, but " + listed(names));
            }
            place = text(parts, template.substring(from, matcher.start()), place);
            parts.add(new Part.Name(name, place));
            from = matcher.end();
        }
        text(parts, template.substring(from), place);
        LinkTemplate parsed = new LinkTemplate(List.copyOf(parts));
        parsed.mustBecomeALink(setting);
        return parsed;
    }

    private static Place text(List<Part> parts, String text, Place place) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        return place.after(text);
    }

    /** Values are encoded, so one trial tells for all. */
    private void mustBecomeALink(String setting) {
        String trial = text(name -> name.equals("scheme") ? "http" : "a");
        try {
            if (new URI(trial).getRawAuthority() == null) {
                throw refused(setting, "a template names a host after ://");
            }
        } catch (URISyntaxException e) {
            throw refused(setting, "this cannot become a URL: " + e.getReason() + " in " + trial);
        }
    }

    /** @param values by name; every name that was allowed when parsing has one */
    URI filled(Function<String, String> values) {
        return URI.create(text(values));
    }

    private String text(Function<String, String> values) {
        StringBuilder url = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String text) -> url.append(text);
                case Part.Name(String name, Place place) -> url.append(encoded(name, values.apply(name), place));
            }
        }
        return url.toString();
    }

    private static String encoded(String name, String value, Place place) {
        return switch (place) {
            case SCHEME -> value;
            // The host was checked when it became part of a URI; it has a port, which no encoding would leave alone.
            case AUTHORITY -> name.equals("host") ? value : name.equals("address") ? host(value) : UrlText.host(value);
            case PATH, FRAGMENT -> UrlText.segment(value);
            case QUERY -> UrlText.form(value);
        };
    }

    private static String host(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : UrlText.host(address);
    }

    private static String listed(Set<String> names) {
        return String.join(
                ", ", names.stream().sorted().map(name -> "{" + name + "}").toList());
    }

    private static Refused refused(String setting, String why) {
        return ObserveRefusal.LINK_INVALID.because(setting + ": " + why + ".");
    }
}
