import type { CelRule } from '../schema/schema.ts';

/** A member that is required for one value of the discriminator, and forbidden for every other. */
export function memberOfUnion(discriminator: string, value: string, member: string): CelRule {
  return {
    rule: `has(self.${discriminator}) && self.${discriminator} == '${value}' ? has(self.${member}) : !has(self.${member})`,
    message: `${member} is required when ${discriminator} is ${value}, and forbidden otherwise`,
  };
}
