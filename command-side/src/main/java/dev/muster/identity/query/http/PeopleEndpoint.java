package dev.muster.identity.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.People;
import dev.muster.identity.command.http.UserView;
import dev.muster.kernel.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who has an account. A server keeps at most a thousand, so the list is one page. */
@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "People")
public class PeopleEndpoint {

    private final Accounts accounts;
    private final People people;

    public PeopleEndpoint(Accounts accounts, People people) {
        this.accounts = accounts;
        this.people = people;
    }

    @GetMapping
    @Requires(Permission.USERS_ADMIN)
    @Operation(summary = "All accounts, by name")
    Mono<Page<UserView>> all() {
        return Mono.fromSupplier(() -> {
            List<UserView> users = accounts.users().stream()
                    .map(account -> UserView.of(account, people))
                    .sorted(Comparator.comparing(user -> Objects.requireNonNullElse(user.username(), "")))
                    .toList();
            return new Page<>(users, null, null);
        });
    }
}
