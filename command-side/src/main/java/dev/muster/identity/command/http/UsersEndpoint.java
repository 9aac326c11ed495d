package dev.muster.identity.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.People;
import dev.muster.identity.command.UserOffice;
import dev.muster.identity.command.UserOffice.Change;
import dev.muster.kernel.RequestIds;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Opening, changing and erasing accounts, for administrators. */
@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "People")
public class UsersEndpoint {

    /** @param roles wire names; none means own account only */
    record NewUser(
            String username, String password, @Nullable Set<String> roles) {

        @Override
        public String toString() {
            return "NewUser[…]";
        }
    }

    record ChangedUser(
            @Nullable Set<String> roles,
            @Nullable Boolean enabled,
            @Nullable String password) {

        @Override
        public String toString() {
            return "ChangedUser[…]";
        }
    }

    private final UserOffice office;
    private final Accounts accounts;
    private final People people;
    private final RequestIds ids;

    public UsersEndpoint(UserOffice office, Accounts accounts, People people, RequestIds ids) {
        this.office = office;
        this.accounts = accounts;
        this.people = people;
        this.ids = ids;
    }

    @PostMapping
    @Requires(Permission.USERS_ADMIN)
    @Operation(summary = "Open an account")
    Mono<ResponseEntity<UserView>> create(@RequestBody NewUser body) {
        return Mono.zip(Caller.current(), ids.next())
                .flatMap(at -> {
                    UserId id = new UserId(at.getT2());
                    return office.create(
                                    id,
                                    body.username(),
                                    body.password(),
                                    roles(body.roles()),
                                    at.getT1().provenance())
                            .thenReturn(id);
                })
                .map(id -> ResponseEntity.created(URI.create("/api/v1/users/" + id))
                        .body(view(id)));
    }

    @PatchMapping("/{id}")
    @Requires(Permission.USERS_ADMIN)
    @Operation(summary = "Change roles, enable or disable, or set a new password")
    Mono<UserView> change(@PathVariable String id, @RequestBody ChangedUser body) {
        return Caller.current()
                .flatMap(caller -> office.change(
                        UserId.parse(id),
                        new Change(body.roles() == null ? null : roles(body.roles()), body.enabled(), body.password()),
                        caller.provenance()))
                .then(Mono.fromSupplier(() -> view(UserId.parse(id))));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.USERS_ADMIN)
    @Operation(summary = "Erase a person: name and password are deleted, history keeps a number")
    Mono<Void> erase(@PathVariable String id) {
        return Caller.current().flatMap(caller -> office.erase(UserId.parse(id), caller.provenance()));
    }

    private UserView view(UserId id) {
        return accounts.user(id)
                .map(account -> UserView.of(account, people))
                .orElseThrow(() -> IdentityRefusal.USER_UNKNOWN.because("There is no user " + id + "."));
    }

    private static Set<Role> roles(@Nullable Set<String> names) {
        return names == null ? Set.of() : names.stream().map(Role::named).collect(Collectors.toSet());
    }
}
