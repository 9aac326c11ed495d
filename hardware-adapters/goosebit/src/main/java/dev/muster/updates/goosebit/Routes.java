package dev.muster.updates.goosebit;

import static dev.muster.identity.GoosebitGrants.DEVICE_DELETE;
import static dev.muster.identity.GoosebitGrants.DEVICE_READ;
import static dev.muster.identity.GoosebitGrants.DEVICE_WRITE;
import static dev.muster.identity.GoosebitGrants.ROLLOUT_DELETE;
import static dev.muster.identity.GoosebitGrants.ROLLOUT_READ;
import static dev.muster.identity.GoosebitGrants.ROLLOUT_WRITE;
import static dev.muster.identity.GoosebitGrants.SOFTWARE_DELETE;
import static dev.muster.identity.GoosebitGrants.SOFTWARE_READ;
import static dev.muster.identity.GoosebitGrants.SOFTWARE_WRITE;
import static dev.muster.identity.GoosebitGrants.USERS_DELETE;
import static dev.muster.identity.GoosebitGrants.USERS_READ;
import static dev.muster.identity.GoosebitGrants.USERS_WRITE;

import dev.muster.kernel.Percent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** People's paths: what is there, who may take it, and what it does (contract §6, §7, §8, §10). */
final class Routes {

    private static final String API = "/api/v1";
    private static final String BFF = "/ui/bff";
    private static final String NAME = "{}";

    private final List<Path> paths = new ArrayList<>();
    private final Bodies bodies;

    Routes(
            Bodies bodies,
            DeviceApi devices,
            SoftwareApi software,
            RolloutApi rollouts,
            UserApi users,
            SignInRoutes signIn,
            MetricsRoute metrics,
            OpenApi openApi) {
        this.bodies = bodies;
        api(devices, software, rollouts, users);
        bff(devices, software, rollouts, users);
        pages(signIn, openApi);
        at("/api/telemetry/prometheus/metrics").signedIn("GET", metrics::answer);
    }

    private void api(DeviceApi devices, SoftwareApi software, RolloutApi rollouts, UserApi users) {
        at(API + "/devices")
                .needing(DEVICE_READ, "GET", devices::all)
                .needing(DEVICE_WRITE, "PUT", devices::put)
                .needing(DEVICE_WRITE, "PATCH", devices::patch)
                .needing(DEVICE_DELETE, "DELETE", devices::delete);
        at(API + "/devices/{}").needing(DEVICE_READ, "GET", devices::one);
        at(API + "/devices/{}/log").needing(DEVICE_READ, "GET", devices::log);
        at(API + "/software")
                .needing(SOFTWARE_READ, "GET", software::all)
                .needing(SOFTWARE_WRITE, "PUT", software::put)
                .needing(SOFTWARE_DELETE, "DELETE", software::delete);
        at(API + "/rollouts")
                .needing(ROLLOUT_READ, "GET", rollouts::all)
                .needing(ROLLOUT_WRITE, "PUT", rollouts::put)
                .needing(ROLLOUT_WRITE, "PATCH", rollouts::patch)
                .needing(ROLLOUT_DELETE, "DELETE", rollouts::delete);
        at(API + "/download/{}").signedIn("GET", software::download);
        at(API + "/settings/permissions").signedIn("GET", users::permissions);
        at(API + "/settings/users")
                .needing(USERS_READ, "GET", users::all)
                .needing(USERS_WRITE, "PUT", users::put)
                // The original asks for the right to delete here, and for the right to write on its pages.
                .needing(USERS_DELETE, "PATCH", users::patch)
                .needing(USERS_DELETE, "DELETE", users::delete);
    }

    private void bff(DeviceApi devices, SoftwareApi software, RolloutApi rollouts, UserApi users) {
        at(BFF + "/devices")
                .needing(DEVICE_READ, "GET", byQuery(devices::table))
                .needing(DEVICE_READ, "POST", byBody(devices::table))
                .needing(DEVICE_WRITE, "PATCH", devices::patch)
                .needing(DEVICE_DELETE, "DELETE", devices::delete);
        at(BFF + "/devices/columns").needing(DEVICE_READ, "GET", devices::columns);
        at(BFF + "/devices/{}/log").needing(DEVICE_READ, "GET", devices::log);
        at(BFF + "/software")
                .needing(SOFTWARE_READ, "GET", byQuery(software::table))
                .needing(SOFTWARE_READ, "POST", byBody(software::table))
                .needing(SOFTWARE_WRITE, "PUT", software::putPiece)
                .needing(SOFTWARE_DELETE, "DELETE", software::delete);
        at(BFF + "/software/columns").needing(SOFTWARE_READ, "GET", software::columns);
        at(BFF + "/rollouts")
                .needing(ROLLOUT_READ, "GET", byQuery(rollouts::table))
                .needing(ROLLOUT_READ, "POST", byBody(rollouts::table))
                .needing(ROLLOUT_WRITE, "PUT", rollouts::put)
                .needing(ROLLOUT_WRITE, "PATCH", rollouts::patch)
                .needing(ROLLOUT_DELETE, "DELETE", rollouts::delete);
        at(BFF + "/rollouts/columns").needing(ROLLOUT_READ, "GET", rollouts::columns);
        at(BFF + "/download/{}").signedIn("GET", software::download);
        at(BFF + "/settings/users")
                .needing(USERS_READ, "GET", byQuery(users::table))
                .needing(USERS_WRITE, "PUT", users::put)
                .needing(USERS_WRITE, "PATCH", users::patch)
                .needing(USERS_DELETE, "DELETE", users::delete);
        at(BFF + "/settings/users/columns").needing(USERS_READ, "GET", users::columns);
        at(BFF + "/settings/permissions").needing(USERS_READ, "GET", users::permissions);
    }

    private void pages(SignInRoutes signIn, OpenApi openApi) {
        at("/").open("GET", signIn::root);
        at("/login").open("GET", signIn::loginPage).open("POST", signIn::login);
        at("/logout").open("GET", signIn::logout);
        at("/setup").open("GET", signIn::setupPage).open("POST", signIn::setUp);
        at("/ui").open("GET", signIn::page);
        at("/ui/{}").open("GET", signIn::page);
        at("/ui/logs/{}").open("GET", signIn::page);
        at("/docs").open("GET", visit -> Answers.redirect(visit, 307, "/docs/goosebit"));
        at("/openapi.json").open("GET", openApi::answer);
    }

    private Function<Visit, Mono<Void>> byQuery(BiFunction<Visit, TableQuery, Mono<Void>> table) {
        return visit -> table.apply(visit, TableQuery.of(visit.query()));
    }

    /** No body asks for everything. */
    private Function<Visit, Mono<Void>> byBody(BiFunction<Visit, TableQuery, Mono<Void>> table) {
        return visit -> (visit.headers.getContentLength() == 0
                        ? Mono.just(TableQuery.ALL)
                        : bodies.json(visit).map(TableQuery::of))
                .flatMap(query -> table.apply(visit, query));
    }

    private Path at(String pattern) {
        Path path = new Path(pattern.split("/", -1), new LinkedHashMap<>());
        paths.add(path);
        return path;
    }

    /**
     * @param scopes all of which are needed
     * @param isOpen whether nobody needs to be signed in
     */
    record Served(List<String> scopes, boolean isOpen, Function<Visit, Mono<Void>> action) {}

    /** A path with what its methods do; parts that are {@code {}} stand for a name. */
    private record Path(String[] parts, Map<String, Served> methods) {

        Path needing(String scope, String method, Function<Visit, Mono<Void>> action) {
            methods.put(method, new Served(List.of(scope), false, action));
            return this;
        }

        Path signedIn(String method, Function<Visit, Mono<Void>> action) {
            methods.put(method, new Served(List.of(), false, action));
            return this;
        }

        Path open(String method, Function<Visit, Mono<Void>> action) {
            methods.put(method, new Served(List.of(), true, action));
            return this;
        }

        /** The names in it; null when it is another path. */
        @Nullable
        List<String> names(String[] asked) {
            if (asked.length != parts.length) {
                return null;
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                if (parts[i].equals(NAME)) {
                    String name = Percent.decodedOrNull(asked[i]);
                    if (name == null || name.isEmpty()) {
                        return null;
                    }
                    names.add(name);
                } else if (!parts[i].equals(asked[i])) {
                    return null;
                }
            }
            return names;
        }
    }

    /**
     * What is to be done, with its names noted on the visit; null when nothing is there. Fails with 405.
     *
     * @param path below the base, raw
     */
    @Nullable
    Served find(Visit visit, String path) {
        String[] asked = path.split("/", -1);
        Path wrongMethod = null;
        for (Path each : paths) {
            List<String> names = each.names(asked);
            if (names == null) {
                continue;
            }
            Served served = each.methods().get(visit.method.name());
            if (served != null) {
                visit.named(names);
                return served;
            }
            wrongMethod = wrongMethod == null ? each : wrongMethod;
        }
        if (wrongMethod != null) {
            throw WireFailure.methodNotAllowed(
                    String.join(", ", wrongMethod.methods().keySet()));
        }
        return null;
    }

    /** Methods by path, each name in a path as {@code {}}. */
    Map<String, Set<String>> served() {
        Map<String, Set<String>> served = new TreeMap<>();
        for (Path path : paths) {
            served.put(
                    String.join("/", path.parts()), new TreeSet<>(path.methods().keySet()));
        }
        return served;
    }

    /** Whether there is something at this path, by whatever method. */
    boolean has(String path) {
        String[] asked = path.split("/", -1);
        return paths.stream().anyMatch(each -> each.names(asked) != null);
    }
}
