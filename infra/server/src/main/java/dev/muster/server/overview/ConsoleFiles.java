package dev.muster.server.overview;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Serves the console from the jar. Hashed assets are kept for ever by browsers, the page itself never. */
@Configuration(proxyBeanMethods = false)
public class ConsoleFiles {

    private static final String HOME = "console/index.html";

    /** The console's own pages; each is the same document, which finds its way by the address. */
    public static final String[] PAGES = {
        "/",
        "/index.html",
        "/setup",
        "/sign-in",
        "/fleet",
        "/devices/**",
        "/software",
        "/software/**",
        "/rollouts",
        "/rollouts/**",
        "/events",
        "/settings",
        "/settings/**",
        "/account",
        "/account/**",
        "/users",
        "/audit"
    };

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
                registry.addResourceHandler("/favicon.svg", "/manifest.json", "/theme.js", "/*.js")
                        .addResourceLocations("classpath:/console/")
                        .setCacheControl(CacheControl.noCache());
                registry.addResourceHandler("/docs/**").addResourceLocations("classpath:/docs/");
            }
        };
    }

    @Bean
    RouterFunction<ServerResponse> consolePages() {
        ClassPathResource home = new ClassPathResource(HOME);
        var builder = RouterFunctions.route();
        for (String page : PAGES) {
            builder.route(RequestPredicates.GET(page), request -> ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .cacheControl(CacheControl.noCache())
                    .bodyValue(home));
        }
        return builder.build();
    }
}
