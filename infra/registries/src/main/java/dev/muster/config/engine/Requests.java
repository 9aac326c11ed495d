package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Profile;
import dev.muster.config.engine.View.Match;
import dev.muster.config.engine.View.Rule;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What was asked for, as refusals or as parts. */
final class Requests {

    private Requests() {}

    private static final int SHOWN_MAX = 100;

    /** A name or path as messages have it, which are kept: what is none may be as long as a body. */
    static String shown(String text) {
        return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
    }

    /** Refused with {@link ConfigRefusal#BAD_REQUEST} when it is malformed or empty. */
    static List<Part> path(String request, Profile profile) {
        try {
            return PathReader.read(request, PathReader.Place.USER, profile);
        } catch (PathFault e) {
            throw ConfigRefusal.BAD_REQUEST.because(
                    "'" + shown(request) + "' is no path: " + e.what() + ".", Map.of("request", shown(request)));
        }
    }

    /** Refused with {@link ConfigRefusal#NO_MATCH} when there are none. */
    static List<Match> matching(View view, List<Part> path, String request, Predicate<Rule> access) {
        List<Match> matches = view.matching(path, access);
        if (matches.isEmpty()) {
            throw ConfigRefusal.NO_MATCH.because(
                    "No rule of the view '" + view.name() + "' gives this access to '" + request + "'.",
                    Map.of("view", view.name(), "request", request));
        }
        return matches;
    }
}
