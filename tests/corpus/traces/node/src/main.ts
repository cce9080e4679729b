import { Desk } from './orders';

async function main(): Promise<void> {
  const desk: Desk = new Desk();
  await null;
  console.log(desk.close({ items: [{}] }));
}

main();
