package dev.muster.server.overview;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.resource.PathResourceResolver;
import reactor.core.publisher.Mono;

/** Serves the console from the jar. Hashed assets are kept for ever by browsers, the page itself never. */
@Configuration(proxyBeanMethods = false)
public class ConsoleFiles {

    private static final String HOME = "console/index.html";

    /** The console's own pages; each is the same document, which finds its way by the address. */
    public static final List<String> PAGES = List.of(
            "/",
            "/index.html",
            "/setup",
            "/sign-in",
            "/fleet",
            "/fleet/**",
            "/software",
            "/software/*",
            "/rollouts",
            "/rollouts/*",
            "/observe",
            "/observe/*",
            "/observe/*/*",
            "/lab",
            "/lab/**",
            "/config",
            "/config/**",
            "/apps",
            "/apps/**",
            "/events",
            "/settings",
            "/users",
            "/audit",
            "/account");

    /** The files they need. */
    public static final List<String> FILES =
            List.of("/assets/**", "/favicon.svg", "/manifest.json", "/theme.js", "/docs", "/docs/**");

    @Bean
    WebFluxConfigurer consoleAssets() {
        return new WebFluxConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/assets/**")
                        .addResourceLocations("classpath:/console/assets/")
                        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                                .cachePublic()
                                .immutable());
                registry.addResourceHandler("/favicon.svg", "/manifest.json", "/theme.js")
                        .addResourceLocations("classpath:/console/")
                        .setCacheControl(CacheControl.noCache());
                registry.addResourceHandler("/docs/**")
                        .addResourceLocations("classpath:/docs/")
                        .setCacheControl(CacheControl.noCache())
                        .resourceChain(false)
                        .addResolver(new PageResolver());
            }
        };
    }

    @Bean
    RouterFunction<ServerResponse> consolePages() {
        ClassPathResource home = new ClassPathResource(HOME);
        var builder = RouterFunctions.route();
        ClassPathResource description = new ClassPathResource("openapi/openapi.json");
        builder.route(RequestPredicates.GET("/api/v1/openapi.json"), request -> ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                .bodyValue(description));
        for (String page : PAGES) {
            builder.route(RequestPredicates.GET(page), request -> ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .cacheControl(CacheControl.noCache())
                    .bodyValue(home));
        }
        // The manual's pages link to each other without an ending.
        builder.route(
                RequestPredicates.GET("/docs").or(RequestPredicates.GET("/docs/")),
                request -> ServerResponse.permanentRedirect(URI.create("/docs/index.html"))
                        .build());
        return builder.build();
    }

    /** The manual's addresses have no ending: {@code /docs/problems} is the file {@code problems.html}. */
    private static final class PageResolver extends PathResourceResolver {

        @Override
        protected Mono<Resource> getResource(String path, Resource location) {
            return super.getResource(path, location)
                    .switchIfEmpty(Mono.defer(
                            () -> path.contains(".") ? Mono.empty() : super.getResource(path + ".html", location)));
        }
    }
}
