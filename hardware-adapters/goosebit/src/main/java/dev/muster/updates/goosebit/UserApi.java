package dev.muster.updates.goosebit;

import dev.muster.identity.AccountBook;
import dev.muster.identity.GoosebitGrants;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Users, for those who may look after them (contract §6, §8). */
final class UserApi {

    private static final int PERMISSIONS_MAX = 100;
    private static final int PERMISSION_LENGTH_MAX = 200;

    private final GoosebitPorts ports;
    private final Bodies bodies;

    UserApi(GoosebitPorts ports, Bodies bodies) {
        this.ports = ports;
        this.bodies = bodies;
    }

    private record NewUser(String username, String password, List<String> permissions) {

        static NewUser of(Input input) {
            String username = input.requiredText("username");
            String password = input.requiredText("password");
            List<String> permissions = input.requiredTexts("permissions");
            input.check();
            if (username == null || password == null) {
                throw WireFailure.unprocessable("username and password are required");
            }
            if (permissions.size() > PERMISSIONS_MAX
                    || permissions.stream().anyMatch(each -> each.length() > PERMISSION_LENGTH_MAX)) {
                throw WireFailure.unprocessable("There are too many permissions, or one is too long");
            }
            return new NewUser(username, password, permissions);
        }

        @Override
        public String toString() {
            return "NewUser[" + username + "]";
        }
    }

    Mono<Void> all(Visit visit) {
        return Answers.json(
                visit,
                Shapes.under(
                        "users",
                        ports.accounts().all().stream()
                                .map(each -> Shapes.user(each, ports.grants()))
                                .toList()));
    }

    /** Nobody gives what they have not. */
    Mono<Void> put(Visit visit) {
        return bodies.input(visit).map(NewUser::of).flatMap(user -> {
            if (ports.accounts().named(user.username()) != null) {
                throw WireFailure.detail(409, "User with username " + user.username() + " already exists");
            }
            GoosebitGrants grants = new GoosebitGrants(user.permissions());
            for (String scope : GoosebitGrants.SCOPES) {
                if (grants.allows(scope) && !visit.guest().may(scope)) {
                    throw WireFailure.detail(403, "Permissions can only be given by who has them: " + scope);
                }
            }
            return ports.accounts()
                    .open(
                            user.username(),
                            user.password(),
                            grants,
                            visit.guest().provenance())
                    .then(Mono.defer(() -> Answers.success(visit)));
        });
    }

    /** All must be there before one is changed. */
    Mono<Void> patch(Visit visit) {
        return bodies.input(visit).flatMap(input -> {
            List<String> names = input.requiredTexts("usernames");
            Boolean enabled = input.requiredFlag("enabled");
            input.check();
            List<AccountBook.Entry> entries = new ArrayList<>();
            for (String name : names) {
                AccountBook.Entry entry = ports.accounts().named(name);
                if (entry == null) {
                    throw WireFailure.detail(404, "User with username " + name + " not found");
                }
                entries.add(entry);
            }
            return Flux.fromIterable(entries)
                    .concatMap(each -> ports.accounts()
                            .enable(
                                    each.id(),
                                    Boolean.TRUE.equals(enabled),
                                    visit.guest().provenance()))
                    .then(Mono.defer(() -> Answers.success(visit)));
        });
    }

    /** Those that are not there are passed over. */
    Mono<Void> delete(Visit visit) {
        return bodies.input(visit).flatMap(input -> {
            List<String> names = input.requiredTexts("usernames");
            input.check();
            return Flux.fromIterable(names)
                    .concatMap(name -> {
                        AccountBook.Entry entry = ports.accounts().named(name);
                        return entry == null
                                ? Mono.<Void>empty()
                                : ports.accounts()
                                        .erase(entry.id(), visit.guest().provenance());
                    })
                    .then(Mono.defer(() -> Answers.success(visit)));
        });
    }

    Mono<Void> permissions(Visit visit) {
        return Answers.json(visit, PermissionTree.json());
    }

    Mono<Void> columns(Visit visit) {
        return Answers.json(visit, Columns.users());
    }

    Mono<Void> table(Visit visit, TableQuery query) {
        Table<AccountBook.Entry> table = new Table<AccountBook.Entry>(each -> Shapes.user(each, ports.grants()))
                .searched("username", AccountBook.Entry::username)
                .field("enabled", each -> String.valueOf(each.enabled()))
                .field(
                        "permissions",
                        each -> String.join(
                                ", ", Shapes.grants(each, ports.grants()).entries()));
        // Single columns are not searched in this table.
        TableQuery plain = new TableQuery(
                query.draw(),
                query.start(),
                query.length(),
                query.search(),
                query.sort(),
                query.descending(),
                List.of());
        return Answers.json(visit, table.answer(ports.accounts().all(), plain));
    }
}
