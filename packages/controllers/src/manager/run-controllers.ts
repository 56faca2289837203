import type { ControllerContext, ControllerDefinition } from './context.ts';

/** Controllers at work, with their metrics by name. */
export interface RunningControllers {
  readonly controllers: ReadonlyMap<string, ReturnType<ControllerDefinition['setup']>>;
  /** Resolves when all have ended. Never rejects. */
  readonly ended: Promise<void>;
}

/** Sets the controllers up and runs them, with the APIs they look at, until the signal is aborted. */
export function runControllers(
  definitions: readonly ControllerDefinition[],
  context: ControllerContext,
  signal: AbortSignal,
): RunningControllers {
  const controllers = new Map(definitions.map((definition) => [definition.name, definition.setup(context)]));
  const running = [
    context.guests.run(signal),
    context.management.run(signal),
    ...[...controllers.values()].map(async (controller) => controller.run(signal)),
  ];
  return { controllers, ended: Promise.all(running).then(() => undefined) };
}
