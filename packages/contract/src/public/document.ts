import { z } from 'zod';
import { defineOperation } from '../operation';

export const getOpenApiDocument = defineOperation({
  id: 'getOpenApiDocument',
  method: 'GET',
  path: '/api/public/openapi.json',
  scope: 'anyone',
  tag: 'Reference',
  summary: 'This document: every operation of the API.',
  responses: { 200: z.looseObject({ openapi: z.string() }) },
});
