package dev.muster.identity.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What rights exist and which role has which. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "People")
public class RightsEndpoint {

    record RoleView(Role name, List<Permission> permissions) {}

    @GetMapping("/roles")
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "All roles with their permissions")
    Mono<List<RoleView>> roles() {
        return Mono.just(Arrays.stream(Role.values())
                .map(role ->
                        new RoleView(role, role.permissions().stream().sorted().toList()))
                .toList());
    }

    @GetMapping("/permissions")
    @Requires(Permission.OWN_ACCOUNT)
    @Operation(summary = "All permissions, which are also the scopes of tokens")
    Mono<List<Permission>> permissions() {
        return Mono.just(List.of(Permission.values()));
    }
}
