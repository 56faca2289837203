import { AggregationController } from '../auth/rbac/aggregation-controller.ts';
import type { Controller, ControllerContext } from './context.ts';
import { DisruptionController } from './disruption/controller.ts';
import { EventSweeper } from './event-ttl.ts';
import { GarbageCollector } from './garbage-collector.ts';
import { NamespaceController } from './namespaces.ts';

/** The server's own controllers as one; one set serves every logical cluster. */
export function createControllers(context: ControllerContext): Controller {
  const controllers: readonly Controller[] = [
    new GarbageCollector(context),
    new NamespaceController(context),
    new DisruptionController(context),
    new AggregationController(context),
    new EventSweeper(context),
  ];
  return {
    start: () => forEach(controllers, (controller) => controller.start()),
    stop: () => forEach(controllers, (controller) => controller.stop()),
    settled: () => allSettled(controllers),
  };
}

function forEach(controllers: readonly Controller[], work: (controller: Controller) => void): void {
  for (const controller of controllers) work(controller);
}

// The work of one is work for another: twice round without news is the end.
async function allSettled(controllers: readonly Controller[]): Promise<void> {
  for (const _round of [1, 2, 3]) for (const controller of controllers) await controller.settled();
}
