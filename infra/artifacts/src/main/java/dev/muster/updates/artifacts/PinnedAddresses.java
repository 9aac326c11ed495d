package dev.muster.updates.artifacts;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Whatever host is asked for, these addresses are the answer. Close it after use. */
final class PinnedAddresses extends AddressResolverGroup<InetSocketAddress> {

    private final List<InetAddress> addresses;

    /** @param addresses not empty, tried one after the other */
    PinnedAddresses(List<InetAddress> addresses) {
        this.addresses = addresses;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor);
    }

    private final class Resolver extends AbstractAddressResolver<InetSocketAddress> {

        Resolver(EventExecutor executor) {
            super(executor, InetSocketAddress.class);
        }

        /** Never: an address written as a number comes this way too. */
        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return false;
        }

        @Override
        protected void doResolve(InetSocketAddress asked, Promise<InetSocketAddress> answer) {
            var _ = answer.setSuccess(new InetSocketAddress(addresses.getFirst(), asked.getPort()));
        }

        @Override
        protected void doResolveAll(InetSocketAddress asked, Promise<List<InetSocketAddress>> answer) {
            var _ = answer.setSuccess(addresses.stream()
                    .map(address -> new InetSocketAddress(address, asked.getPort()))
                    .toList());
        }
    }
}
